"""Reports to the Incomes Register: wages, the month's separate report, cancellations, answers."""
