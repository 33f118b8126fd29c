import { randomUUID } from 'node:crypto'

/** One file of a reply, found by its Content-ID. */
export interface Part {
  id: 'label' | 'cn23' | 'deliveryPaper'
  bytes: Buffer
}

/** Writes a reply as the carrier does: multipart bytes with CRLF, the JSON first, then the files. */
export function multipartOf(infos: unknown, parts: Part[]): Response {
  const boundary = `uuid:${randomUUID()}`
  const heads = (type: string, id: string) =>
    `--${boundary}\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <${id}>\r\n\r\n`
  const chunks = [
    Buffer.from(`${heads('application/json;charset=UTF-8', 'jsonInfos')}${JSON.stringify(infos)}\r\n`),
    ...parts.flatMap(({ id, bytes }) => [
      Buffer.from(heads('application/octet-stream', id)),
      bytes,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--`),
  ]
  const type = `multipart/mixed; boundary="${boundary}"; type="application/json"; start-info="application/json"`
  return new Response(new Uint8Array(Buffer.concat(chunks)), {
    status: 200,
    headers: { 'Content-Type': type, 'MIME-Version': '1.0' },
  })
}
