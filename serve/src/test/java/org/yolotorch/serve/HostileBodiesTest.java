// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.yolotorch.serve.support.Assets;
import org.yolotorch.serve.support.Client;

/** Bodies that are made to harm: each is refused by itself, and the next request is served. */
class HostileBodiesTest {
  private static final String INFER = "/v2/models/yolo11n-cls/infer";

  /** A PNG whose head claims this many pixels per side. */
  private static byte[] png(int side) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    DataOutputStream values = new DataOutputStream(head);
    values.writeBytes("IHDR");
    values.writeInt(side);
    values.writeInt(side);
    values.write(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(head.toByteArray());
    out.writeInt(13);
    out.write(head.toByteArray());
    out.writeInt((int) crc.getValue());
    return bytes.toByteArray();
  }

  private static String input(String data) {
    return "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":"
        + data
        + "}]}";
  }

  private static Map<String, byte[]> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("deep arrays", input("[".repeat(200_000)));
    texts.put("deep objects", "{\"a\":".repeat(200_000));
    texts.put("a long number", input("[1" + "0".repeat(2_000_000) + "]"));
    texts.put("a huge exponent", input("[1e999999999]"));
    texts.put("a long name", "{\"" + "a".repeat(2_000_000) + "\":1}");
    texts.put("many inputs", "{\"inputs\":[" + "{},".repeat(200_000) + "{}]}");
    texts.put("many sides", input("[\"x\"]").replace("[1]", "[" + "1,".repeat(100_000) + "1]"));
    texts.put("a long text", input("[\"" + "a".repeat(8_000_000) + "\"]"));
    texts.put("no UTF-8", "{\"inputs\":[\u00ff\u00fe");
    texts.put("zeros", "\0".repeat(1_000_000));
    texts.put("numbers for texts", input("[" + "1,".repeat(2_000_000) + "1]"));
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    texts.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.ISO_8859_1)));
    return bytes;
  }

  @Test
  void nothingOfItHarms() throws Exception {
    byte[] bus = Files.readAllBytes(Assets.get("images/bus.jpg"));
    int refused = 0;
    try (YoloServer server =
        YoloServer.start(
            ServeOptions.of(
                "model=" + Assets.get("exported/yolo11n-cls.torchscript"),
                "port=0",
                "max_pixels=2000000"))) {
      Client client = new Client(server.uri());
      String expected = client.picture("yolo11n-cls", bus).text();
      for (Map.Entry<String, byte[]> one : texts().entrySet()) {
        Client.Answer answer =
            client.post(INFER, one.getValue(), "Content-Type", "application/json");
        assertEquals(400, answer.status(), one.getKey() + " " + answer.text());
        assertTrue(answer.json().get("error").asText().length() < 1000, one.getKey());
        refused++;
      }
      Map<String, byte[]> pictures = new LinkedHashMap<>();
      pictures.put("nine billion pixels", png(30_000));
      pictures.put("more pixels than allowed", png(1500));
      pictures.put("sides of zero", png(0));
      pictures.put("negative sides", png(-1));
      pictures.put("half a picture", Arrays.copyOf(bus, 300));
      pictures.put("no picture", new byte[100_000]);
      for (Map.Entry<String, byte[]> one : pictures.entrySet()) {
        Client.Answer answer = client.picture("yolo11n-cls", one.getValue());
        assertEquals(400, answer.status(), one.getKey() + " " + answer.text());
        refused++;
      }
      Map<String, byte[]> parts = new LinkedHashMap<>();
      for (int i = 0; i < 1000; i++) {
        parts.put("part" + i, new byte[10]);
      }
      for (byte[] form :
          new byte[][] {
            Client.form(parts), new byte[1000], "--line".getBytes(StandardCharsets.US_ASCII)
          }) {
        Client.Answer answer =
            client.post(INFER, form, "Content-Type", "multipart/form-data; boundary=line");
        assertEquals(400, answer.status(), answer.text());
        refused++;
      }
      assertEquals(400, client.post(INFER, bus, "Content-Type", "multipart/form-data").status());
      assertEquals(
          400,
          client.post(INFER, bus, "Content-Type", "multipart/form-data; boundary=\"a b").status());
      byte[] nameless = "--line\r\n\r\nx\r\n--line--\r\n".getBytes(StandardCharsets.US_ASCII);
      assertEquals(
          400,
          client
              .post(INFER, nameless, "Content-Type", "multipart/form-data; boundary=line")
              .status());
      assertEquals(expected, client.picture("yolo11n-cls", bus).text());
    }
    System.out.println("FIGURE serve_hostile_bodies_refused=" + refused + " of 20");
    assertEquals(20, refused);
  }
}
