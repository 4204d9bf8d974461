#pragma once
// instance_json.h - an Instance as compact JSON text, nodes and flows by id.
//
//   {"s":"running","n":7,
//    "a":[["Task_1",3,scope,host,loop,count,part,compensates]...],
//    "j":[["Flow_9",scope,tokens]...], "c":[["Task_2",5,scope,count]...],
//    "q":[["Task_3",6,scope,count,by]...]}
//
// a: open, j: at joins, c: completed and compensable, q: about to be compensated.  Trailing zeros
// of the inner lists are left out, as are empty lists.
#include <string>
#include <string_view>

#include "base/fault.h"
#include "bpmn/instance.h"

namespace bpmn {

[[nodiscard]] std::string to_json_text(const Process& process, const Instance& instance);

// Fault `invalid` when it is not of that form, `corrupt` when it names elements that the process
// does not have.
[[nodiscard]] base::Outcome<Instance> read_instance(const Process& process, std::string_view text);

}  // namespace bpmn
