"""The shell: the toolkit of the views; it knows no feature."""
