"""The weekly digest: what a coach, a manager or a municipal coach should know, and nothing else."""
