"""The chain itself: connecting, deploying, sending, reading events, and what it refuses."""
