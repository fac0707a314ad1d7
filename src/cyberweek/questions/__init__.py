"""The question bank that quiz and duel share: questions, what law they rest on, and when that law holds."""
