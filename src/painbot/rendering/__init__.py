"""From a message as a value to the words and buttons of one Telegram call."""
