"""Guards as the floors above import them; what they are stands on the ground (common.tenancy.guards)."""

from common.tenancy.guards import Guard, stays

__all__ = ["Guard", "stays"]
