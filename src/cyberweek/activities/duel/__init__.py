"""网络安全在线对战《攻守一线》 — a duel of two minutes in which the table of counters is the lesson.

Two players answer the same question, turn what they know into energy, and split it in secret into an attack and
defences. Six rounds; the higher shield wins.

It records that a match was opened, who sat down, what was answered, what was split and how it ended. It never stores a
name, never sends a question before its window opens or a split before both are locked, never rewards speed, and has no
chat, no items and no money.
"""
