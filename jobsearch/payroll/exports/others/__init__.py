"""What another payroll system is handed of a run that it pays."""
