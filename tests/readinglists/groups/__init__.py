"""Tests of study groups."""
