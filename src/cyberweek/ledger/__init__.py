"""The ledger (台账): append-only facts with group commit, their hash chain, and the tallies folded from them.

Never holds personal data, never runs an activity's rules, and is written through one door: journal.Writer.
"""
