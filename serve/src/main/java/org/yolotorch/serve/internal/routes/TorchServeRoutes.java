// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.yolotorch.Detection;
import org.yolotorch.Probs;
import org.yolotorch.Result;
import org.yolotorch.Xyxy;
import org.yolotorch.serve.internal.http.Call;
import org.yolotorch.serve.internal.http.Errors;
import org.yolotorch.serve.internal.http.Multipart;
import org.yolotorch.serve.internal.http.Reply;
import org.yolotorch.serve.internal.http.Route;
import org.yolotorch.serve.internal.infer.Inference;
import org.yolotorch.serve.internal.infer.Parameters;

/**
 * TorchServe's inference addresses, with the answers of its object detector and image classifier.
 */
public final class TorchServeRoutes {
  private final Inference inference;
  private final BooleanSupplier ready;

  public TorchServeRoutes(Inference inference, BooleanSupplier ready) {
    this.inference = inference;
    this.ready = ready;
  }

  public List<Route> routes() {
    return List.of(
        new Route("GET", "/ping", Route.Kind.OPEN, this::ping, Errors::torchServe),
        predictions("/predictions/{model}"),
        predictions("/predictions/{model}/{version}"));
  }

  private Route predictions(String path) {
    return new Route("POST", path, Route.Kind.WORK, this::predict, Errors::torchServe);
  }

  private Reply ping(Call call) {
    boolean now = ready.getAsBoolean();
    return Reply.json(now ? 200 : 503, "{\"status\":\"" + (now ? "Healthy" : "Unhealthy") + "\"}");
  }

  private Reply predict(Call call) throws IOException {
    // Clients send the picture as the body, or as the part 'data' or 'body' of a form.
    byte[] picture = call.body();
    if (call.contentType().equals(Multipart.TYPE)) {
      Multipart parts = Multipart.read(call);
      picture = parts.part("body") == null ? parts.required("data") : parts.part("body");
    }
    List<byte[]> pictures = List.of(picture);
    return inference.with(
        call.name("model"),
        call.name("version"),
        call.deadline(),
        use -> Reply.json(answer(use.encoded(pictures, Parameters.read(call.query())).get(0))));
  }

  private static String answer(Result result) {
    if (result.probs().isPresent()) {
      Probs probs = result.probs().get();
      ObjectNode best = JsonNodeFactory.instance.objectNode();
      probs.top5().forEach(id -> best.put(probs.label(id), probs.get(id)));
      return best.toString();
    }
    ArrayNode objects = JsonNodeFactory.instance.arrayNode();
    for (Detection object : result.objects()) {
      ObjectNode node = objects.addObject();
      Xyxy box = object.xyxy();
      node.putArray(object.label()).add(box.x1()).add(box.y1()).add(box.x2()).add(box.y2());
      node.put("score", object.confidence());
    }
    return objects.toString();
  }
}
