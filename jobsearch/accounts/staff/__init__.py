"""How staff sign in: a password and a second factor, and how a lost one is made anew."""
