#pragma once
// schema.h - the statements that make the schema, one text for each number.
//
// Every table that grows has the tenant first in its primary key and in every index, no foreign
// key, and a policy that shows and takes only rows of the connection's tenant, so that the whole
// can be distributed by tenant as it is (docs/decisions/0017).

namespace storage::postgres {

// The tables as of number 6, their policies, and the functions of the hot path.
extern const char* const kTables;
extern const char* const kDefinitionTable;
extern const char* const kEntryTables;
extern const char* const kEntryFunction;
extern const char* const kReturningColumn;
extern const char* const kHeldWorkIndex;
extern const char* const kOpenWorkIndex;
extern const char* const kDropCommitFunction;
extern const char* const kWall;
extern const char* const kWordsPolicy;
extern const char* const kErasureFunction;
extern const char* const kCommitFunction;
extern const char* const kSearchFunction;
extern const char* const kAccessFunction;

}  // namespace storage::postgres
