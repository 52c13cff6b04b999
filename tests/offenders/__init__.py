"""Tests of offenders."""
