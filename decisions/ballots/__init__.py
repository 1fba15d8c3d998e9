"""无记名票决: the secret ballot, on paper and on the device; totals alone are ever kept."""
