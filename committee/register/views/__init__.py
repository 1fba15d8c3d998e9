"""Pages of the register: bodies and seats, units, people, roles, logins, the calendar."""
