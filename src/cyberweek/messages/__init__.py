"""Messages (消息): letters to seats, in their inbox and on their way out by mail and text; each exactly once. Never decides
who gets one, or why."""
