"""Participants' tickets, staff, their seats and rights. A participant is a random key and nothing else."""
