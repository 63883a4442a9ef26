"""The start pages of the payroll clerk and the operator."""
