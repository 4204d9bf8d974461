// answers.ts - what people write into the five forms: invented, in real Vietnamese, from a seed.
import type { Json } from "./client.ts";

export type Answers = Record<string, Json>;

// A small generator of its own, so that a printed seed brings the same people back.
export class Dice {
  constructor(private state: number) {}
  below(bound: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  }
  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }
  digits(count: number): string {
    return Array.from({ length: count }, () => String(this.below(10))).join("");
  }
}

export function seeded(name: string): Dice {
  const seed = Number(process.env["MOTCUA_TEST_SEED"] ?? Date.now() % 1_000_000_007);
  console.log(`${name}: MOTCUA_TEST_SEED=${seed}`);
  return new Dice(seed);
}

const families = ["Nguyễn", "Trần", "Lê", "Phạm", "Đặng", "Đỗ", "Đinh", "Vũ", "Hồ", "Lương", "Ngô", "Đậu"];
const women = ["Thị Ánh Tuyết", "Thị Diễm Quỳnh", "Thùy Dương", "Thị Hồng Đào", "Mỹ Uyên", "Thị Ước"];
const men = ["Đức Thưởng", "Văn Đạt", "Hữu Phước", "Quốc Vượng", "Đình Cường", "Xuân Ưởng"];

export interface Person {
  name: string;
  id: string;
  born: string;
  sex: "male" | "female";
  phone: string;
}

export function person(dice: Dice, sex: "male" | "female" = dice.below(2) === 0 ? "male" : "female"): Person {
  const year = 1970 + dice.below(30);
  const two = (value: number) => String(value).padStart(2, "0");
  return {
    name: `${dice.pick(families)} ${dice.pick(sex === "female" ? women : men)}`,
    id: `040${sex === "female" ? 1 : 0}${two(year % 100)}${dice.digits(6)}`,
    born: `${year}-${two(1 + dice.below(12))}-${two(1 + dice.below(28))}`,
    sex,
    phone: `09${dice.digits(8)}`,
  };
}

export const thanhVinh = "16681";
export const truongVinh = "16690";

export function daysAgo(days: number): string {
  return new Date(Date.now() + 7 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10);
}

export function birthAnswers(dice: Dice, changes: Answers = {}): Answers {
  const mother = person(dice, "female");
  const father = person(dice, "male");
  const family = father.name.split(" ")[0]!;
  return {
    requester_name: mother.name,
    requester_id: mother.id,
    relation: "mother",
    requester_phone: mother.phone,
    requester_email: "me.be@example.vn",
    child_situation: "ordinary",
    child_name: `${family} Đăng Khôi`,
    child_birth_date: daysAgo(12),
    child_sex: "male",
    child_ethnicity: "Kinh",
    child_hometown: "Phường Thành Vinh, tỉnh Nghệ An",
    birth_place: "Bệnh viện Sản Nhi Nghệ An",
    birth_proof: "birth_paper",
    birth_paper_number: `CS-${dice.digits(5)}`,
    mother_name: mother.name,
    mother_id: mother.id,
    mother_birth_date: mother.born,
    mother_ethnicity: "Kinh",
    mother_residence: "Số 12, đường Đặng Thái Thân, phường Thành Vinh, tỉnh Nghệ An",
    father_declared: true,
    father_name: father.name,
    father_id: father.id,
    father_birth_date: father.born,
    father_ethnicity: "Thổ",
    father_residence: "Số 12, đường Đặng Thái Thân, phường Thành Vinh, tỉnh Nghệ An",
    marriage_registration: "registered",
    marriage_certificate_number: `${1 + dice.below(90)}/2022`,
    marriage_date: "2022-03-19",
    marriage_office: "Ủy ban nhân dân phường Hưng Bình",
    registration_commune: thanhVinh,
    ...changes,
  };
}

export function copyAnswers(dice: Dice, documents: Answers[], changes: Answers = {}): Answers {
  const who = person(dice);
  return {
    requester_name: who.name,
    requester_id: who.id,
    requester_phone: who.phone,
    documents,
    foreign_document: false,
    office_commune: thanhVinh,
    ...changes,
  };
}

export function businessAnswers(dice: Dice, members: number, changes: Answers = {}): Answers {
  const owner = person(dice);
  return {
    owner_name: owner.name,
    owner_id: owner.id,
    owner_birth_date: owner.born,
    owner_sex: owner.sex,
    owner_phone: owner.phone,
    founder: members > 0 ? "household" : "individual",
    ...(members > 0 && {
      members: Array.from({ length: members }, () => {
        const member = person(dice);
        return { full_name: member.name, personal_id: member.id, birth_date: member.born, relation: dice.pick(["spouse", "sibling", "child"]) };
      }),
    }),
    by_proxy: false,
    business_name: `Bún bò Đò Trai ${dice.digits(4)}`,
    business_capital: 150_000_000,
    business_workers: 3,
    business_lines: [{ line: "Nhà hàng và các dịch vụ ăn uống phục vụ lưu động", line_code: "5610" }, { line: "Bán lẻ đồ uống" }],
    business_commune: thanhVinh,
    business_address: "Số 7, ngõ 3, đường Trường Thi",
    ...changes,
  };
}

export function maritalAnswers(dice: Dice, changes: Answers = {}): Answers {
  const who = person(dice);
  return {
    for_self: true,
    requester_name: who.name,
    requester_id: who.id,
    requester_phone: who.phone,
    person_birth_date: who.born,
    person_sex: who.sex,
    person_residence: "Khối Yên Toàn, phường Thành Vinh, tỉnh Nghệ An",
    marital_status: "never_married",
    purpose: "other",
    other_purpose: "Bổ sung hồ sơ đi học nước ngoài",
    reissue: false,
    residence_commune: thanhVinh,
    fee_exemption: "none",
    ...changes,
  };
}

export function landAnswers(dice: Dice, changes: Answers = {}): Answers {
  const who = person(dice, "male");
  return {
    applicant_name: "Công ty cổ phần Đầu tư và Phát triển Đô thị Sông Lam",
    applicant_tax_code: "0100109106",
    applicant_address: "Đại lộ Lê-nin, phường Thành Vinh, tỉnh Nghệ An",
    representative_name: who.name,
    representative_id: who.id,
    representative_position: "Giám đốc",
    contact_phone: who.phone,
    contact_email: "duan@example.vn",
    project_name: "Khu đô thị mới phía Đông đường Nguyễn Sỹ Sách",
    project_communes: [
      { commune: thanhVinh, area: 12_000 },
      { commune: truongVinh, area: 800 },
    ],
    plan_number: "1523/QĐ-UBND",
    plan_date: daysAgo(400),
    payments: [
      { number: "UNC-0412", paid_on: daysAgo(300), amount: 9_000_000_000 },
      { number: "UNC-0587", paid_on: daysAgo(250), amount: 4_500_000_000 },
    ],
    compensation_paid: 10_000_000_000,
    support_paid: 2_500_000_000,
    resettlement_paid: 1_000_000_000,
    deduct_from: "land_use_fee",
    requested_amount: 13_500_000_000,
    ...changes,
  };
}

export const landComponents = ["request", "approved_plan", "payment_list", "transfer_vouchers"];
