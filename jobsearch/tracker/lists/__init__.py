"""Lists of actions: for staff by filters, for a group by its rules of openness."""
