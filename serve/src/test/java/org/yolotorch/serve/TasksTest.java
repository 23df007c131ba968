// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.yolotorch.Detection;
import org.yolotorch.Image;
import org.yolotorch.Keypoint;
import org.yolotorch.Mask;
import org.yolotorch.Result;
import org.yolotorch.Yolo;
import org.yolotorch.serve.support.Assets;
import org.yolotorch.serve.support.Client;
import org.yolotorch.serve.support.TurnedClock;

/** All tasks over HTTP give what {@link Yolo} gives. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TasksTest {
  private static final String[] MODELS = {
    "weights/yolo11n.pt",
    "weights/yolo11n-seg.pt",
    "weights/yolo11n-pose.pt",
    "weights/shapes-obb.pt",
    "weights/yolo11n-cls.pt"
  };

  private YoloServer server;
  private Client client;

  @BeforeAll
  void start() {
    String[] arguments =
        Stream.concat(
                Stream.of("port=0"), Stream.of(MODELS).map(name -> "model=" + Assets.get(name)))
            .toArray(String[]::new);
    server = YoloServer.start(ServeOptions.of(arguments), new TurnedClock());
    client = new Client(server.uri());
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static List<Path> pictures(String folder) throws IOException {
    try (Stream<Path> files = Files.list(Assets.get(folder))) {
      return files
          .filter(file -> file.toString().matches(".*\\.(jpg|png)"))
          .sorted()
          .limit(8)
          .toList();
    }
  }

  @Test
  void equalToTheLibrary() throws Exception {
    int compared = 0;
    for (String model : MODELS) {
      Path file = Assets.get(model);
      String name = file.getFileName().toString().replace(".pt", "");
      String folder = name.equals("shapes-obb") ? "images/shapes-obb" : "images/coco128";
      try (Yolo yolo = Yolo.load(file)) {
        for (Path picture : pictures(folder)) {
          byte[] bytes = Files.readAllBytes(picture);
          Result own = yolo.predict(Image.read(picture));
          assertEquals(own.toJson("image"), client.picture(name, bytes).text(), name + picture);
          JsonNode outputs =
              client
                  .post(
                      "/v2/models/" + name + "/infer",
                      bytes,
                      "Inference-Header-Content-Length",
                      "0")
                  .json()
                  .get("outputs");
          compare(own, outputs);
          compared++;
        }
      }
    }
    assertEquals(5 * 8, compared);
    System.out.println("FIGURE serve_equal_pictures=" + compared + " of " + 5 * 8);
  }

  private static JsonNode data(JsonNode outputs, String name) {
    for (JsonNode output : outputs) {
      if (output.get("name").asText().equals(name)) {
        long count = 1;
        for (JsonNode side : output.get("shape")) {
          count *= side.asLong();
        }
        assertEquals(count, output.get("data").size(), name);
        return output.get("data");
      }
    }
    throw new AssertionError("no " + name + " in " + outputs);
  }

  private static void compare(Result own, JsonNode outputs) throws IOException {
    if (own.probs().isPresent()) {
      float[] probs = own.probs().get().toArray();
      for (int i = 0; i < probs.length; i++) {
        assertEquals(probs[i], data(outputs, "scores").get(i).floatValue());
      }
      assertEquals(own.probs().get().top1Label(), data(outputs, "labels").get(0).asText());
      return;
    }
    List<? extends Detection> objects = own.objects();
    assertEquals(objects.size(), data(outputs, "num_dets").get(0).asInt());
    for (int i = 0; i < objects.size(); i++) {
      assertEquals(objects.get(i).confidence(), data(outputs, "scores").get(i).floatValue());
      assertEquals(objects.get(i).classId(), data(outputs, "classes").get(i).asInt());
      assertEquals(objects.get(i).label(), data(outputs, "labels").get(i).asText());
      JsonNode boxes = data(outputs, "boxes");
      if (own.obbs().isEmpty()) {
        assertEquals(own.boxes().get(i).xyxy().x2(), boxes.get(4 * i + 2).floatValue());
      } else {
        assertEquals(own.obbs().get(i).xywhr().width(), boxes.get(4 * i + 2).floatValue());
        assertEquals(
            own.obbs().get(i).xywhr().angle(), data(outputs, "angles").get(i).floatValue());
      }
      if (!own.keypoints().isEmpty()) {
        List<Keypoint> points = own.keypoints().get(i).points();
        int last = points.size() - 1;
        JsonNode all = data(outputs, "keypoints");
        int at = 3 * (i * points.size() + last);
        assertEquals(points.get(last).x(), all.get(at).floatValue());
        assertEquals(points.get(last).y(), all.get(at + 1).floatValue());
        assertEquals(points.get(last).visibility(), all.get(at + 2).floatValue());
      }
      if (!own.masks().isEmpty()) {
        Mask mask = own.masks().get(i);
        JsonNode coded = new ObjectMapper().readTree(data(outputs, "masks").get(i).asText());
        assertEquals(mask.frameHeight(), coded.get("size").get(0).asInt());
        assertEquals(mask.frameWidth(), coded.get("size").get(1).asInt());
        assertTrue(coded.get("counts").isTextual());
      }
    }
  }
}
