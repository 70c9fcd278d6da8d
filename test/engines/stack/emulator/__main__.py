"""
The AWS emulator (ministack 1.5.33) with what it leaves out and the pipeline relies on: event source mappings that retry,
split and give up as Lambda's do, deletes by time to live, properties that its CloudFormation drops, and an Athena that is ours.
"""
import athena
import cloudformation
import event_source_mappings
import resources
import time_to_live

for part in (athena, cloudformation, event_source_mappings, resources, time_to_live):
    part.install()

from ministack.app import main  # noqa: E402  after what it serves has been replaced

main()
