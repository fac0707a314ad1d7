"""The lane: mass participation as raw ASGI. Verifies tickets, calls pure rules, appends, answers when durable. No Django."""
