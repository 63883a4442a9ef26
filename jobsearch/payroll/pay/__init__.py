"""Pay runs and payslips: from paid minutes to the cent on the account."""
