"""How the installation is: in words for the operator, for load balancers and for Prometheus."""
