"""A copy of a payslip by e-mail, when the person asks for it, locked with her own password."""
