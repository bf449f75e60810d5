"""A brand's campaign: what it wishes, what that costs, what stands against it, and its buying."""
