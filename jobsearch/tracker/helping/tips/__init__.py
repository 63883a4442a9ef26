"""Tips of work that people of a group share with each other."""
