"""Kill the house under load, again and again, and look for what was lost: `python -m drill`."""
