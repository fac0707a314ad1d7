"""Everything that writes sheets, draws, claims and vouchers."""
