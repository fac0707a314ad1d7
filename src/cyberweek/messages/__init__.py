"""Messages (消息): the gateways through which a text leaves the house. Never decides who gets one, or why."""
