// filed_answers.ts - the answers of a birth registered in time, as the form holds them.
import { daysAgo } from "./days.ts";

export const filedAnswers = (): Record<string, unknown> => ({
  requester_name: "Trần Thị Hoa",
  requester_id: "040196001234",
  relation: "mother",
  requester_phone: "0912345678",
  requester_email: "hoa@example.vn",
  child_situation: "ordinary",
  child_name: "Nguyễn Trần Bảo An",
  child_birth_date: daysAgo(10),
  child_sex: "female",
  child_ethnicity: "Kinh",
  child_hometown: "Xã Kim Liên, tỉnh Nghệ An",
  birth_place: "Bệnh viện Sản Nhi Nghệ An",
  birth_proof: "birth_paper",
  mother_name: "Trần Thị Hoa",
  mother_id: "040196001234",
  mother_birth_date: "1996-03-12",
  father_declared: false,
  marriage_registration: "not_registered",
  registration_commune: "16681",
});
