"""What the operator does with an installation as a whole: back it up, restore it, turn its keys."""
