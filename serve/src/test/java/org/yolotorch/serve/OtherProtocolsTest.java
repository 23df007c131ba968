// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yolotorch.Box;
import org.yolotorch.serve.support.Assets;
import org.yolotorch.serve.support.Client;
import org.yolotorch.serve.support.Client.Answer;

/** TorchServe, DeepStack, and the metrics. */
class OtherProtocolsTest extends BusFixture {
  private static final String FORM = "multipart/form-data; boundary=line";

  @Override
  List<String> settings() {
    return List.of(
        "model=" + Assets.get("exported/yolo11n-cls.torchscript"), "metrics_compat=triton");
  }

  @Test
  void torchServeDetects() throws Exception {
    assertEquals("{\"status\":\"Healthy\"}", client.get("/ping").text());
    for (Answer answer :
        new Answer[] {
          client.post("/predictions/yolo11n", bus),
          client.post("/predictions/yolo11n/1", bus),
          client.post(
              "/predictions/yolo11n", Client.form(Map.of("data", bus)), "Content-Type", FORM),
          client.post(
              "/predictions/yolo11n", Client.form(Map.of("body", bus)), "Content-Type", FORM)
        }) {
      JsonNode objects = answer.json();
      assertEquals(5, objects.size(), answer.text());
      Box box = expected.boxes().get(0);
      assertEquals(box.xyxy().x1(), objects.get(0).get(box.label()).get(0).floatValue());
      assertEquals(box.xyxy().y2(), objects.get(0).get(box.label()).get(3).floatValue());
      assertEquals(box.confidence(), objects.get(0).get("score").floatValue());
    }
  }

  @Test
  void torchServeClassifies() throws Exception {
    JsonNode best = client.post("/predictions/yolo11n-cls", bus).json();
    assertEquals(5, best.size());
    String first = best.fieldNames().next();
    assertTrue(best.get(first).floatValue() > 0.1, best.toString());
  }

  @Test
  void torchServeFails() throws Exception {
    Answer missing = client.post("/predictions/nothing", bus);
    assertEquals(404, missing.status());
    assertEquals(404, missing.json().get("code").asInt());
    assertEquals("ModelNotFoundException", missing.json().get("type").asText());
    assertFalse(missing.json().get("message").asText().isEmpty());
    assertEquals(400, client.post("/predictions/yolo11n", new byte[] {1}).status());
    assertEquals(400, client.post("/predictions/yolo11n", bus, "Content-Type", FORM).status());
  }

  @Test
  void deepStackDetects() throws Exception {
    JsonNode answer =
        client
            .post(
                "/v1/vision/detection",
                Client.form(
                    Map.of(
                        "image",
                        bus,
                        "api_key",
                        new byte[] {'x'},
                        "min_confidence",
                        "0.8".getBytes(StandardCharsets.UTF_8))),
                "Content-Type",
                FORM)
            .json();
    assertTrue(answer.get("success").asBoolean(), answer.toString());
    assertEquals(4, answer.get("predictions").size());
    JsonNode first = answer.get("predictions").get(0);
    Box box = expected.boxes().get(0);
    assertEquals(box.label(), first.get("label").asText());
    assertEquals(box.confidence(), first.get("confidence").floatValue());
    assertEquals(Math.round(box.xyxy().x1()), first.get("x_min").asInt());
    assertEquals(Math.round(box.xyxy().y2()), first.get("y_max").asInt());
    assertEquals(
        200,
        client
            .post(
                "/v1/vision/custom/yolo11n",
                Client.form(Map.of("image", bus)),
                "Content-Type",
                FORM)
            .status());
  }

  @Test
  void deepStackFails() throws Exception {
    Answer none =
        client.post("/v1/vision/detection", Client.form(Map.of("x", bus)), "Content-Type", FORM);
    assertEquals(400, none.status());
    assertFalse(none.json().get("success").asBoolean());
    assertTrue(none.json().get("error").asText().contains("'image'"));
  }

  @Test
  void metricsTellWhatWasDone() throws Exception {
    client.picture("yolo11n", bus);
    client.picture("yolo11n", new byte[] {1});
    String protobuf =
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";
    assertTrue(
        client.get("/metrics", "Accept", protobuf).header("Content-Type").startsWith("text/plain"));
    String text = client.get("/metrics").text();
    String labels = "{model=\"yolo11n\",version=\"1\"}";
    for (String name :
        new String[] {"request", "queue", "preprocess", "inference", "postprocess"}) {
      assertTrue(text.contains("# TYPE yolotorch_" + name + "_seconds histogram"), text);
      assertTrue(value(text, "yolotorch_" + name + "_seconds_sum" + labels) > 0, text);
      assertTrue(text.contains("yolotorch_" + name + "_seconds_bucket{model=\"yolo11n\""), text);
    }
    assertTrue(value(text, "yolotorch_batch_size_count" + labels) > 0);
    assertTrue(value(text, "yolotorch_failures_total{reason=\"invalid_image\"}") > 0, text);
    assertEquals(0, value(text, "yolotorch_queue_length"));
    assertEquals(
        value(text, "yolotorch_request_seconds_count" + labels),
        value(text, "nv_inference_request_success" + labels));
    assertTrue(value(text, "nv_inference_request_failure" + labels) > 0);
    for (String name :
        new String[] {
          "count",
          "exec_count",
          "request_duration_us",
          "queue_duration_us",
          "compute_input_duration_us",
          "compute_infer_duration_us",
          "compute_output_duration_us"
        }) {
      assertTrue(value(text, "nv_inference_" + name + labels) > 0, name);
    }
    assertEquals(0, value(text, "nv_inference_pending_request_count"));
  }

  private static double value(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + text));
  }
}
