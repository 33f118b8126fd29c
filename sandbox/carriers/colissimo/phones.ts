import { OVERSEAS } from './countries.ts'

const LONGEST = 15

/** Whether the digits only count upwards somewhere, as in 123456789. */
function isCounting(text: string): boolean {
  const digits = text.replace(/\D/g, '')
  const steps = [...digits].map((digit, index) => (Number(digit) === Number(digits[index - 1]) + 1 ? '+' : '.'))
  return steps.join('').includes('++++++++')
}

/** Whether a mobile number can be written to: Belgium exactly +324 and 8 digits, abroad with the prefix of the country. */
export function isMobile(mobile: string, country: string): boolean {
  if (mobile.length > LONGEST || isCounting(mobile)) return false
  if (country === 'BE') return /^\+324\d{8}$/.test(mobile)
  if (country === 'FR') return /^(0|\+33|0033)[1-9]\d{8}$/.test(mobile)
  if (country === 'MC' || OVERSEAS.includes(country)) return /^(0[1-9]\d{8}|(\+|00)\d{8,13}|\d{6,8})$/.test(mobile)
  return /^(\+|00)\d{7,14}$/.test(mobile)
}

/** Whether a number of the sender is one. */
export const isPhone = (phone: string): boolean => phone.length <= LONGEST && /^(\+|00)?\d{10,13}$/.test(phone)
