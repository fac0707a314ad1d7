"""Cyberweek: give it the plan; it runs the week."""
