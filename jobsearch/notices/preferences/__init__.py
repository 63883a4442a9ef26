"""How somebody wants to be reached: channel, language, quiet hours, what she does without."""
