"""Prizes (奖品): rules sheets, chances, draws that anybody can check, claims, vouchers.

A chance is a fact that an activity records; this room reads it. Whoever wins gives a phone number, sealed and deleted
on schedule; no fact, list or pack ever holds one. No ranking, no speed, no name.
"""
