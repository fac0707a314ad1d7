"""有奖知识问答 — the prize quiz.

A participant draws a paper of questions from the published bank, answers one at a time, is told at once whether the
answer was right and why, and sees at the end what to learn next.

It records that a question was answered (AnswerGiven), that a paper was finished (PaperSubmitted), and that it was one of
a class (ClassPaperSubmitted). A daily paper may earn a chance; learning is free at any time; a class plays without any
device being known. It never stores a name, never sends a right answer before the given one is locked, never rewards
speed.
"""
