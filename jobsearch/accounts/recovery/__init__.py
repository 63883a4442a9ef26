"""One's own password and address: chosen, changed, forgotten, and made anew when all is lost."""
