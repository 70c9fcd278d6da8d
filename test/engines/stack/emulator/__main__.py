"""
The AWS emulator (ministack 1.5.33) with what it leaves out and the pipeline relies on: event source mappings that retry,
split and give up as Lambda's do, deletes by time to live, exports, former versions of
Glue's tables, properties that its CloudFormation drops, and an Athena that is ours.
"""
import athena
import cloudformation
import control
import event_source_mappings
import exports
import resources
import table_versions
import time_to_live

for part in (athena, cloudformation, control, event_source_mappings, exports, resources, table_versions, time_to_live):
    part.install()

from ministack.app import main  # noqa: E402  after what it serves has been replaced

main()
