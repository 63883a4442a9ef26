"""The client analysis, its release and the municipal coach's inbox."""
