"""The wall: what a hall of people reads from twenty metres."""
