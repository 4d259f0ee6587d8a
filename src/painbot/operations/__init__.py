"""What an operator does with painbot: back up, restore, look it over, list the settings."""
