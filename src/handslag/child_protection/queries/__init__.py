"""Reading what child protection keeps, within the rights of the actor."""
