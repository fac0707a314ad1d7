"""The lane: raw ASGI for what a whole city does at once. No Django, no ORM, no sessions.

Verifies the ticket, calls the activity's pure rules, appends to the ledger, and replies after the group commit.
Also keeps public pages as ready bytes and pushes live counters. Knows no activity kind.
"""
