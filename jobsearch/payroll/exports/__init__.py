"""What leaves a pay run: the bank's file, reports to the authorities, other people's systems."""
