// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yolotorch.Box;
import org.yolotorch.Image;
import org.yolotorch.RawTensor;
import org.yolotorch.Yolo;
import org.yolotorch.serve.support.Assets;
import org.yolotorch.serve.support.Client;
import org.yolotorch.serve.support.Client.Answer;

/** The Open Inference Protocol: paths, forms of tensors, errors. */
class ProtocolTest extends BusFixture {
  private static final String MODEL = "/v2/models/yolo11n";
  private static final String INFER = MODEL + "/infer";
  private static final String LENGTH = "Inference-Header-Content-Length";
  private static final String JSON = "application/json";

  @Override
  List<String> settings() {
    return List.of();
  }

  /** A request, and what its answer must be. */
  private record Case(String method, String path, String body, int status, String... holds) {}

  private static Case get(String path, int status, String... holds) {
    return new Case("GET", path, null, status, holds);
  }

  private static Case post(String path, String body, int status, String... holds) {
    return new Case("POST", path, body, status, holds);
  }

  private static Case infer(String body, int status, String... holds) {
    return post(INFER, body, status, holds);
  }

  /** A request whose only input has these members. */
  private static Case input(String members, int status, String... holds) {
    return infer("{\"inputs\":[{" + members + "}]}", status, holds);
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    cases.add(get("/v2/health/live", 200, "\"live\":true"));
    cases.add(get("/v2/health/ready", 200, "\"ready\":true"));
    cases.add(get("/v2", 200, "\"name\":\"yolotorch\"", "\"version\"", "binary_tensor_data"));
    cases.add(
        get(MODEL, 200, "\"name\":\"yolo11n\"", "\"platform\"", "\"inputs\"", "\"datatype\""));
    cases.add(get(MODEL + "/versions/1", 200, "\"versions\":[\"1\"]", "\"outputs\""));
    cases.add(get(MODEL + "/ready", 200, "\"name\":\"yolo11n\"", "\"ready\":true"));
    cases.add(get(MODEL + "/versions/1/ready", 200, "\"ready\":true"));
    cases.add(get(MODEL + "/config", 200, "\"max_batch_size\":8", "\"dynamic_batching\""));
    cases.add(get(MODEL + "/stats", 200, "\"model_stats\"", "\"compute_infer\""));
    cases.add(get(MODEL + "/versions/1/stats", 200, "\"inference_count\""));
    cases.add(get("/v2/models/stats", 200, "\"batch_stats\""));
    cases.add(post("/v2/repository/index", "", 200, "\"state\":\"READY\"", "\"reason\":\"\""));
    cases.add(post("/v2/repository/index", "{\"ready\":true}", 200, "\"version\":\"1\""));
    cases.add(post("/v2/repository/models/yolo11n/load", "{}", 403, "\"error\"", "admin"));
    cases.add(post("/v2/repository/models/yolo11n/unload", "{}", 403, "\"error\""));
    // What is not there.
    cases.add(get("/v3", 404, "\"error\""));
    cases.add(get("/v2/models/nothing", 404, "\"error\"", "yolo11n"));
    cases.add(get("/v2/models/nothing/ready", 404, "\"error\""));
    cases.add(get(MODEL + "/versions/2", 404, "\"error\""));
    cases.add(get(MODEL + "/versions/x", 404, "\"error\""));
    cases.add(post("/v2/models/nothing/infer", "{}", 404, "\"error\""));
    cases.add(post(MODEL + "/versions/7/infer", "{}", 404, "\"error\""));
    cases.add(get(INFER, 405, "\"error\"", "POST"));
    cases.add(new Case("DELETE", MODEL, null, 405, "\"error\""));
    // What is wrong with a request.
    cases.add(infer("", 400, "\"error\""));
    cases.add(infer("nothing", 400, "JSON"));
    cases.add(infer("[]", 400, "object"));
    cases.add(infer("{}", 400, "'inputs'"));
    cases.add(infer("{\"inputs\":{}}", 400, "array"));
    cases.add(infer("{\"inputs\":[]}", 400, "none came"));
    cases.add(infer("{\"inputs\":[1]}", 400, "objects"));
    cases.add(infer("{\"id\":7,\"inputs\":[]}", 400, "'id'"));
    cases.add(infer("{\"inputs\":[]} x", 400, "\"error\""));
    cases.add(infer("{\"inputs\":[]", 400, "\"error\""));
    cases.add(input("\"name\":\"image\",\"datatype\":\"BYTES\",\"data\":[\"x\"]", 400, "'shape'"));
    cases.add(input("\"name\":\"image\",\"shape\":[1],\"data\":[\"x\"]", 400, "'datatype'"));
    cases.add(input("\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"x\"]", 400, "'name'"));
    cases.add(input("\"name\":\"image\",\"shape\":[1],\"datatype\":\"BYTES\"", 400, "'data'"));
    cases.add(input(bytes("[2]", "[\"x\"]"), 400, "2, but 1 came"));
    cases.add(input(bytes("[1000000000]", "[\"x\"]"), 400, "1000000000"));
    cases.add(input(bytes("[9223372036854775807,4]", "[\"x\"]"), 400, "\"error\""));
    cases.add(input(bytes("[-1]", "[\"x\"]"), 400, "0 and more"));
    cases.add(input(bytes("[1.5]", "[\"x\"]"), 400, "whole"));
    cases.add(input(bytes("[]", "[\"x\"]"), 400, "(pictures)"));
    cases.add(input(bytes("[0]", "[]"), 400, "1 to 256"));
    cases.add(input(bytes("[1]", "[7]"), 400, "texts"));
    cases.add(input(bytes("[1]", "[\"no picture\"]"), 400, "JPEG, PNG"));
    cases.add(input("\"name\":\"x\"," + form("BYTES", "[1]", "[\"x\"]"), 400, "'image'"));
    cases.add(input("\"name\":\"image\"," + form("FP32", "[1]", "[1]"), 400, "UINT8"));
    cases.add(input("\"name\":\"image\"," + form("FLOAT", "[1]", "[1]"), 400, "datatype"));
    cases.add(
        input("\"name\":\"image\"," + form("UINT8", "[1,1,1,3]", "[1,2,256]"), 400, "0 to 255"));
    cases.add(
        input("\"name\":\"image\"," + form("UINT8", "[1,1,1,3]", "[1,2,0.5]"), 400, "0 to 255"));
    cases.add(input("\"name\":\"image\"," + form("UINT8", "[1,3]", "[1,2,3]"), 400, "width, 3"));
    cases.add(input("\"name\":\"image\"," + form("UINT8", "[1,0,1,3]", "[]"), 400, "sides of 1"));
    cases.add(
        input("\"name\":\"images\"," + form("FP32", "[1,3,1,1]", "[1,2,3]"), 400, "\"error\""));
    cases.add(input("\"name\":\"images\"," + form("FP64", "[1]", "[1]"), 400, "FP32"));
    cases.add(
        input(
            bytes("[1]", "[\"!!\"]") + ",\"parameters\":{\"content_type\":\"base64\"}",
            400,
            "base64"));
    cases.add(
        infer(
            "{\"inputs\":[{" + bytes("[1]", "[\"x\"]") + "},{" + bytes("[1]", "[\"x\"]") + "}]}",
            400,
            "twice"));
    cases.add(infer("{\"parameters\":{\"conf\":2},\"inputs\":[{" + pixel() + "}]}", 400, "conf"));
    cases.add(
        infer("{\"outputs\":[{\"name\":\"x\"}],\"inputs\":[{" + pixel() + "}]}", 400, "num_dets"));
    cases.add(infer("{\"outputs\":[{}],\"inputs\":[{" + pixel() + "}]}", 400, "'name'"));
    cases.add(
        infer("{\"parameters\":{\"timeout\":-1},\"inputs\":[{" + pixel() + "}]}", 400, "timeout"));
    cases.add(
        infer("{\"parameters\":{\"conf\":{}},\"inputs\":[{" + pixel() + "}]}", 400, "parameter"));
    cases.add(
        infer(
            "{\"parameters\":{\"classes\":[[0]]},\"inputs\":[{" + pixel() + "}]}", 400, "classes"));
    cases.add(infer("{\"parameters\":{\"imgsz\":0},\"inputs\":[{" + pixel() + "}]}", 400, "imgsz"));
    cases.add(
        infer("{\"parameters\":{\"classes\":\",\"},\"inputs\":[{" + pixel() + "}]}", 400, "ids"));
    cases.add(infer("{\"inputs\":[" + "{},".repeat(70) + "{" + pixel() + "}]}", 400, "\"error\""));
    cases.add(input("\"name\":\"images\"," + form("FP32", "[1]", "[1e60]"), 400, "finite"));
    // What is right.
    cases.add(
        infer(
            "{\"parameters\":{\"classes\":[0,2],\"imgsz\":[640,640]},\"inputs\":[{"
                + pixel()
                + "}]}",
            200,
            "\"boxes\""));
    cases.add(
        infer(
            "{\"id\":\"a\",\"inputs\":[{" + pixel() + "}]}",
            200,
            "\"model_name\":\"yolo11n\"",
            "\"model_version\":\"1\"",
            "\"id\":\"a\"",
            "\"num_dets\"",
            "\"data\":[0]"));
    cases.add(
        infer(
            "{\"parameters\":{\"priority\":1,\"x\":null,\"y\":[1]},\"z\":{},\"inputs\":[{"
                + pixel()
                + "}]}",
            200,
            "\"boxes\""));
    return cases;
  }

  private static String form(String type, String shape, String data) {
    return "\"datatype\":\"" + type + "\",\"shape\":" + shape + ",\"data\":" + data;
  }

  private static String bytes(String shape, String data) {
    return "\"name\":\"image\"," + form("BYTES", shape, data);
  }

  /** A picture of one pixel, nested as clients may write it. */
  private static String pixel() {
    return "\"name\":\"image\"," + form("UINT8", "[1,1,1,3]", "[[[[0,127,255]]]]");
  }

  @Test
  void pathsAndErrors() throws Exception {
    List<String> wrong = new ArrayList<>();
    List<Case> cases = cases();
    for (Case one : cases) {
      Answer answer =
          switch (one.method) {
            case "GET" -> client.get(one.path);
            case "POST" -> client.post(one.path, one.body, "Content-Type", JSON);
            default -> client.method(one.method, one.path);
          };
      String text = answer.text();
      boolean fits = answer.status() == one.status && answer.header("Content-Type").equals(JSON);
      for (String part : one.holds) {
        fits &= text.contains(part);
      }
      if (one.status >= 400) {
        fits &= answer.json().path("error").isTextual() && answer.json().size() == 1;
      }
      if (!fits) {
        wrong.add(one + " " + List.of(one.holds) + " gave " + answer.status() + " " + text);
      }
    }
    System.out.println(
        "FIGURE serve_oip_cases=" + (cases.size() - wrong.size()) + " of " + cases.size());
    assertEquals(List.of(), wrong);
  }

  @Test
  void pictureInTextAsBase64() throws Exception {
    String body =
        "{\"inputs\":[{"
            + bytes("[1]", "[\"" + Base64.getEncoder().encodeToString(bus) + "\"]")
            + ",\"parameters\":{\"content_type\":\"base64\"}}]}";
    checkBus(client.post(INFER, body).json());
  }

  @Test
  void pictureBehindTheText() throws Exception {
    String text =
        "{\"inputs\":[{\"name\":\"image\",\"shape\":[1,1],\"datatype\":\"BYTES\","
            + "\"parameters\":{\"binary_data_size\":"
            + (bus.length + 4)
            + "}}]}";
    Answer answer = binary(text, element(bus));
    checkBus(answer.json());
    assertNull(answer.header(LENGTH));
  }

  @Test
  void wholeBodyIsThePicture() throws Exception {
    checkBus(client.post(INFER, bus, LENGTH, "0").json());
    checkBus(client.post(MODEL + "/versions/1/infer", bus, LENGTH, "0").json());
  }

  @Test
  void twoPicturesInOneRequest() throws Exception {
    String text =
        "{\"inputs\":[{\"name\":\"image\",\"shape\":[2],\"datatype\":\"BYTES\","
            + "\"parameters\":{\"binary_data_size\":"
            + 2 * (bus.length + 4)
            + "}}]}";
    JsonNode outputs = binary(text, element(bus), element(bus)).json().get("outputs");
    assertEquals("[2,1]", outputs.get(0).get("shape").toString());
    assertEquals("[5,5]", outputs.get(0).get("data").toString());
    assertEquals("[2,5,4]", outputs.get(1).get("shape").toString());
  }

  @Test
  void outputsAsBytes() throws Exception {
    String text =
        "{\"parameters\":{\"binary_data_output\":true},\"outputs\":[{\"name\":\"scores\"},"
            + "{\"name\":\"num_dets\",\"parameters\":{\"binary_data\":false}},"
            + "{\"name\":\"labels\"}],"
            + "\"inputs\":[{\"name\":\"image\",\"shape\":[1],\"datatype\":\"BYTES\","
            + "\"parameters\":{\"binary_data_size\":"
            + (bus.length + 4)
            + "}}]}";
    Answer answer = binary(text, element(bus));
    assertEquals("application/octet-stream", answer.header("Content-Type"));
    int length = Integer.parseInt(answer.header(LENGTH));
    JsonNode outputs = new ObjectMapper().readTree(answer.body(), 0, length).get("outputs");
    assertEquals("[5]", outputs.get(0).get("data").toString());
    assertEquals(20, outputs.get(1).at("/parameters/binary_data_size").asInt());
    ByteBuffer tail =
        ByteBuffer.wrap(answer.body(), length, answer.body().length - length)
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN);
    for (Box box : expected.boxes()) {
      assertEquals(box.confidence(), tail.getFloat());
    }
    for (Box box : expected.boxes()) {
      byte[] label = new byte[tail.getInt()];
      tail.get(label);
      assertEquals(box.label(), new String(label, StandardCharsets.UTF_8));
    }
    assertEquals(0, tail.remaining());
  }

  @Test
  void networkAlone() throws Exception {
    float[] values = new float[3 * 640 * 640];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 255 / 255f;
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    String text =
        "{\"parameters\":{\"binary_data_output\":true},\"inputs\":[{\"name\":\"images\","
            + "\"shape\":[1,3,640,640],\"datatype\":\"FP32\","
            + "\"parameters\":{\"binary_data_size\":"
            + bytes.capacity()
            + "}}]}";
    Answer answer = binary(text, bytes.array());
    int length = Integer.parseInt(answer.header(LENGTH));
    JsonNode output = new ObjectMapper().readTree(answer.body(), 0, length).at("/outputs/0");
    assertEquals("output0", output.get("name").asText());
    assertEquals("[1,84,8400]", output.get("shape").toString());
    float[] given = new float[84 * 8400];
    ByteBuffer.wrap(answer.body(), length, answer.body().length - length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(given);
    try (Yolo yolo = Yolo.load(Assets.get("exported/yolo11n.torchscript"))) {
      RawTensor own = yolo.predictRaw(RawTensor.of(values, 1, 3, 640, 640)).get(0);
      assertArrayEquals(own.values(), given);
    }
  }

  @Test
  void wrongBinaryForms() throws Exception {
    Map<String, String> wrong =
        Map.of(
            "-1", "{}", //
            "x", "{}",
            "99999999999", "{}",
            "100000", "{}",
            "3", "{}");
    for (Map.Entry<String, String> one : wrong.entrySet()) {
      Answer answer = client.post(INFER, one.getValue(), LENGTH, one.getKey());
      assertEquals(400, answer.status(), one + answer.text());
      assertTrue(answer.json().get("error").isTextual());
    }
    for (String size : List.of("5", "3000000000", "-4", "1.5", "\"4\"", "true")) {
      String text =
          "{\"inputs\":[{\"name\":\"image\",\"shape\":[1],\"datatype\":\"BYTES\","
              + "\"parameters\":{\"binary_data_size\":"
              + size
              + "}}]}";
      assertEquals(400, binary(text, new byte[4]).status(), size);
    }
    String fits =
        "{\"inputs\":[{\"name\":\"image\",\"shape\":[1],\"datatype\":\"BYTES\","
            + "\"parameters\":{\"binary_data_size\":8}}]}";
    // An element longer than the data, one of a negative length, bytes behind the last one.
    for (byte[] data :
        List.of(
            new byte[] {5, 0, 0, 0, 1, 1, 1, 1},
            new byte[] {-1, -1, -1, -1, 1, 1, 1, 1},
            new byte[] {1, 0, 0, 0, 1, 1, 1, 1})) {
      assertEquals(400, binary(fits, data).status());
    }
    assertEquals(400, binary(fits, new byte[9]).status(), "a byte is left over");
    checkBus(client.post(INFER, bus, LENGTH, "0").json());
  }

  @Test
  void pictureAsItIs() throws Exception {
    Answer answer = client.picture("yolo11n", bus);
    assertEquals(200, answer.status(), answer.text());
    assertEquals(expected.toJson("image"), answer.text());
    assertTrue(answer.header("Server-Timing").contains("inference;dur="));
    assertEquals("810x1080", answer.header("Image-Size"));
    Answer form =
        client.post(
            INFER + "?conf=0.9",
            Client.form(Map.of("image", bus, "conf", "0.9".getBytes(StandardCharsets.UTF_8))),
            "Content-Type",
            "multipart/form-data; boundary=line");
    assertEquals(2, form.json().get("predictions").size(), form.text());
    Answer query = client.post(INFER + "?conf=0.9&classes=5", bus, "Content-Type", "image/png");
    assertEquals(1, query.json().get("predictions").size());
    assertEquals(400, client.post(INFER + "?conf=x", bus, "Content-Type", "image/x").status());
    assertEquals(400, client.post(INFER, new byte[0], "Content-Type", "image/x").status());
    assertEquals(
        415,
        client.post(INFER, bus, "Content-Type", "image/x", "Content-Encoding", "gzip").status());
  }

  @Test
  void classesOfAnArrayAreKept() throws Exception {
    String body =
        "{\"parameters\":{\"classes\":[5]},\"inputs\":[{"
            + bytes("[1]", "[\"" + Base64.getEncoder().encodeToString(bus) + "\"]")
            + ",\"parameters\":{\"content_type\":\"base64\"}}]}";
    assertEquals("[1]", client.post(INFER, body).json().at("/outputs/0/data").toString());
  }

  @Test
  void otherMethodsAreNamed() throws Exception {
    assertEquals("POST", client.get(INFER).header("Allow"));
    assertEquals("GET", client.method("DELETE", MODEL).header("Allow"));
  }

  @Test
  void metadataTellWhatTheModelGives() throws Exception {
    JsonNode metadata = client.get(MODEL).json();
    TreeSet<String> told = new TreeSet<>();
    metadata.get("outputs").forEach(output -> told.add(output.get("name").asText()));
    TreeSet<String> given = new TreeSet<>();
    client
        .post(INFER, bus, LENGTH, "0")
        .json()
        .get("outputs")
        .forEach(output -> given.add(output.get("name").asText()));
    assertEquals(told, given);
    assertEquals("person", metadata.at("/parameters/names/0").asText());
  }

  @Test
  void statisticsCount() throws Exception {
    long before = client.get(MODEL + "/stats").json().at("/model_stats/0/inference_count").asLong();
    client.picture("yolo11n", bus);
    client.picture("yolo11n", new byte[] {1});
    JsonNode after = client.get(MODEL + "/stats").json().at("/model_stats/0");
    assertEquals(before + 1, after.get("inference_count").asLong());
    assertTrue(after.at("/inference_stats/fail/count").asLong() > 0);
    assertTrue(after.at("/inference_stats/compute_infer/ns").asLong() > 0);
    assertEquals(
        after.at("/inference_stats/success/count"), after.at("/inference_stats/queue/count"));
  }

  private void checkBus(JsonNode answer) {
    JsonNode outputs = answer.path("outputs");
    assertEquals("[5]", outputs.path(0).path("data").toString(), answer.toString());
    JsonNode boxes = outputs.get(1).get("data");
    List<Box> found = expected.boxes();
    for (int i = 0; i < found.size(); i++) {
      assertEquals(found.get(i).xyxy().x1(), boxes.get(4 * i).floatValue());
      assertEquals(found.get(i).xyxy().y1(), boxes.get(4 * i + 1).floatValue());
      assertEquals(found.get(i).xyxy().x2(), boxes.get(4 * i + 2).floatValue());
      assertEquals(found.get(i).xyxy().y2(), boxes.get(4 * i + 3).floatValue());
      assertEquals(found.get(i).confidence(), outputs.get(2).get("data").get(i).floatValue());
      assertEquals(found.get(i).classId(), outputs.get(3).get("data").get(i).intValue());
      assertEquals(found.get(i).label(), outputs.get(4).get("data").get(i).asText());
    }
  }

  private static byte[] element(byte[] bytes) {
    return ByteBuffer.allocate(4 + bytes.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(bytes.length)
        .put(bytes)
        .array();
  }

  private Answer binary(String text, byte[]... tensors) throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(text.getBytes(StandardCharsets.UTF_8));
    int length = body.size();
    for (byte[] tensor : tensors) {
      body.write(tensor);
    }
    return client.post(
        INFER,
        body.toByteArray(),
        LENGTH,
        Integer.toString(length),
        "Content-Type",
        "application/octet-stream");
  }

  @Test
  void pixelsGiveTheSameAsTheirPicture() throws Exception {
    Image image = Image.read(Assets.get("images/bus.jpg"));
    ByteBuffer bgr = image.pixels();
    byte[] rgb = new byte[bgr.remaining()];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = bgr.get(i + 2);
      rgb[i + 1] = bgr.get(i + 1);
      rgb[i + 2] = bgr.get(i);
    }
    String text =
        "{\"inputs\":[{\"name\":\"image\",\"shape\":[1,1080,810,3],\"datatype\":\"UINT8\","
            + "\"parameters\":{\"binary_data_size\":"
            + rgb.length
            + "}}]}";
    checkBus(binary(text, rgb).json());
  }
}
