"""What we tell the committee: editions made from tallies, reproducible byte for byte, exported as documents."""
